"""One project over its cases, from 立项 to 审批."""
