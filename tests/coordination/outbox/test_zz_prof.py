import time
from tests.coordination.outbox.conftest import *
from coordination.outbox.commands import *
from coordination.outbox import letters
from coordination.outbox import commands as C
from django.db import connection
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
pytestmark = pytest.mark.django_db(transaction=True)
def test_prof(mails, mail_server, capsys):
    made=mails(300)
    def t(name, f, n=300):
        s=time.perf_counter()
        for i in range(n): f(i)
        print(name, round((time.perf_counter()-s)/n*1000,2), "ms")
    with capsys.disabled():
        print()
        q=lambda i: made[i].notifications.still_to_tell().order_by().values_list("kind", "due_on", "membership__user__email")
        t("select1", lambda i: connection.cursor().execute("select 1"))
        t("build", lambda i: str(q(i).query))
        t("query", lambda i: list(q(i)))
        sql,params=q(0).query.sql_with_params()
        t("raw", lambda i: connection.cursor().execute(sql,params))
        t("reverse", lambda i: reverse("outbox:notices"))
        t("write", lambda i: letters.write(made[i], None))
        t("msg", lambda i: letters._message(made[i], "a@e.org", "fi", ("s","b","h"), {}, None))
        m=letters.write(made[0],None)
        t("bytes", lambda i: m.message().as_bytes())
        c=C._claim
        got=[]
        t("claim", lambda i: got.append(c()))
        t("settle", lambda i: C._settle(got[i], C.Outcome("sent")))
        from django.core.mail import get_connection
        cc=get_connection(); cc.open()
        t("smtp django", lambda i: cc.send_messages([m]))
        b=m.message().as_bytes(linesep="\r\n")
        t("smtp raw", lambda i: cc.connection.sendmail("a@e.org",["b@e.org"],b))
